# One Quorate node. Build the distribution first: mvn -DskipTests -pl server -am package
FROM eclipse-temurin:25-jre
COPY server/target/quorate/lib /opt/quorate/lib
VOLUME /var/lib/quorate
EXPOSE 5433 7433
ENTRYPOINT ["java", "-XX:+UseParallelGC", "-Xss8m", "-Xmx1g", "-XX:+ExitOnOutOfMemoryError", \
  "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
  "-cp", "/opt/quorate/lib/*", "io.quorate.server.cli.QuorateCommand"]
