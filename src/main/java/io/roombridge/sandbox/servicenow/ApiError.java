package io.roombridge.sandbox.servicenow;

/** A refusal in the instance's own words; it becomes the answer of the request and leaves the data untouched. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String detail;

    ApiError(int status, String message, String detail) {
        super(message);
        this.status = status;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    /** The second line of the error object; null there and here is what the instance itself sends. */
    String detail() {
        return detail;
    }

    static ApiError invalidTable(String table) {
        return new ApiError(400, "Invalid table " + table, null);
    }

    static ApiError noRecord() {
        return new ApiError(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval");
    }

    static ApiError noResource() {
        return new ApiError(400, "Requested URI does not represent any resource", null);
    }

    static ApiError notAuthenticated() {
        return new ApiError(401, "User Not Authenticated", "Required to provide Auth information");
    }

    static ApiError notAuthorized(String detail) {
        return new ApiError(403, "User Not Authorized", detail);
    }

    static ApiError failed(String detail) {
        return new ApiError(403, "Operation Failed", detail);
    }

    static ApiError aclException(String operation) {
        return failed("ACL Exception " + operation + " Failed due to security constraints");
    }

    static ApiError unreadable(String detail) {
        return new ApiError(400, "Exception while reading request", detail);
    }

    static ApiError method(String method) {
        return new ApiError(405, "Method not supported", method + " is not supported by this resource");
    }
}
