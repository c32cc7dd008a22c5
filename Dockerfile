# The bridge as an image: docker build -t roombridge .   (docs/operations.md, "Container")
#
# Both base images can be given, so that it builds from a mirror or from roots that were made here (.ci/container).
# BUILD_IMAGE has Maven and a JDK 17 with its jmods; RUNTIME_IMAGE a glibc, zlib, grep and bash (for the health check).
ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=docker.io/library/debian:12-slim

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY . .
# MAVEN_FLAGS: "-o" without a network, "-s settings.xml" for a mirror. Tests and formatting are CI's.
ARG MAVEN_FLAGS=""
ARG COMMIT=unknown
RUN mvn -B -ntp -q package ${MAVEN_FLAGS} -DskipTests -Dspotless.check.skip -DbuildNumber="${COMMIT}"

# A Java of only those modules that the class path names, and of those that are found by name at run time: elliptic curves
# of TLS, and jcmd, which tells from inside what a process is doing.
RUN modules=$(jdeps --ignore-missing-deps --multi-release 17 --print-module-deps --class-path 'target/lib/*' target/roombridge.jar) \
 && jlink --add-modules "${modules},jdk.crypto.ec,jdk.jcmd" --vm server --compress 2 --strip-java-debug-attributes \
      --no-header-files --no-man-pages --output /image/java \
 && mkdir -p /image/app /image/data && mv target/lib /image/lib && mv target/roombridge.jar src/main/container/* /image/app/

FROM ${RUNTIME_IMAGE}
COPY --from=build /image/java /opt/java
COPY --from=build /image/lib /app/lib
COPY --from=build /image/app /app
COPY --from=build --chown=10001:10001 /image/data /data
ENV PATH=/app:/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    ROOMBRIDGE_HOME=/etc/roombridge ROOMBRIDGE_DATA_DIR=/data

# Class-data sharing: a conversation of the sandbox says which classes a bridge needs; they are mapped instead of read and
# verified at each start. Proxies of lambdas are left out, because JDK 17 crashes while it dumps them.
RUN java -Xshare:off -XX:DumpLoadedClassList=/tmp/all -XX:-UsePerfData -jar /app/roombridge.jar sandbox --play two-way --exit \
      --seed 7 --data-dir /tmp/play --servicenow-port 0 --servicenow-https-port 0 --hubs-port 0 \
 && grep -v '@lambda' /tmp/all >/tmp/classes \
 && java -Xshare:dump -XX:SharedClassListFile=/tmp/classes -XX:SharedArchiveFile=/app/roombridge.jsa -Xlog:disable \
      -cp /app/roombridge.jar \
 && rm -rf /tmp/all /tmp/classes /tmp/play

ARG VERSION=unknown
ARG COMMIT=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Roombridge" \
      org.opencontainers.image.description="The bridge between Microsoft Teams Rooms Pro Management and ServiceNow" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${COMMIT}" \
      org.opencontainers.image.source="${SOURCE}"

# The root file system may be read-only: only /data (what must survive) and /tmp are written.
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 9464
# Lives, not ready: what a bridge waits for comes back by itself, and a restart would not bring it.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["/app/alive"]
# Java becomes process 1 and takes the SIGTERM itself; it needs up to 25 s to stop in order (docker stop --time 30).
ENTRYPOINT ["/app/roombridge"]
CMD ["run"]
