package io.roombridge.sandbox.servicenow;

/** The pages for a person's browser. */
final class DeskPage {

    Reply answer(Request request) {
        throw ApiError.noResource();
    }
}
