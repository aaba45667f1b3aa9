package dev.cutover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Maven that runs this build, with the plugin as it was just built.
 *
 * @param repository holds the plugin
 * @param users holds the rest; it comes second, for it may hold an older build of the plugin
 */
record MavenHere(Path home, Path repository, Path users, String pluginVersion) {

  /** A project that releases a directory and builds nothing. */
  Path project(Path directory, Path tree) throws IOException {
    Files.createDirectories(directory.resolve(".mvn"));
    Files.writeString(
        directory.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>bench</groupId>
          <artifactId>bench</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <build>
            <plugins>
              <plugin>
                <groupId>dev.cutover</groupId>
                <artifactId>cutover-deploy-maven-plugin</artifactId>
                <version>%s</version>
                <extensions>true</extensions>
                <configuration>
                  <bundle>
                    <files>
                      <file><source>%s</source><as>.</as></file>
                    </files>
                  </bundle>
                  <keep>3</keep>
                </configuration>
              </plugin>
            </plugins>
          </build>
        </project>
        """
            .formatted(pluginVersion, tree));
    return directory;
  }

  /** A command line of Maven. */
  List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                home.resolve("bin/mvn").toString(),
                "-B",
                "-o",
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + users));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The command that releases to a target behind a long link. */
  List<String> release(LongLink link, Path root) {
    return command(
        "deploy:release",
        "-Ddeploy.prebuilt=true",
        "-Ddeploy.force=true",
        "-Ddeploy.target=" + link.url(root),
        "-Ddeploy.knownHosts=" + link.server().knownHosts());
  }

  /** What Maven needs around it; logs in with the key of the link. */
  static Map<String, String> environment(LongLink link) {
    return Map.of(
        "JAVA_HOME",
        System.getProperty("java.home"),
        "CUTOVER_PRIVATE_KEY",
        link.server().key().toString());
  }
}
