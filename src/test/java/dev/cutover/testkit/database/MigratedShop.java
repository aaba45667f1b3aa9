package dev.cutover.testkit.database;

import dev.cutover.app.DeployRequest;
import dev.cutover.domain.Identity;
import dev.cutover.domain.OutcomeReport;
import dev.cutover.mojo.config.DeployXml;
import dev.cutover.mojo.config.ProjectFacts;
import dev.cutover.mojo.config.RequestConverter;
import dev.cutover.testkit.Jvm;
import dev.cutover.testkit.app.Clients;
import dev.cutover.testkit.app.ExampleApp;
import dev.cutover.testkit.app.VersionFiles;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;

/**
 * The example project of a tool, released through everything below the goals: its configuration is
 * read from XML, its roots are directories of this machine.
 */
public final class MigratedShop {

  /** Beside the tool's. */
  private static final VersionFiles FILES = new VersionFiles(0, 0);

  private final MigrationTool tool;
  private final Path directory;

  /** Whether what is released from now on is not healthy. */
  public boolean sick;

  /** More elements of the migration. */
  public String more = "";

  /** More elements of the configuration. */
  public String extra = "";

  /** How long to wait for another's lock; that of a client that was killed is free in a while. */
  public String lockWait = "90s";

  public MigratedShop(MigrationTool tool, Path directory) {
    this.tool = tool;
    this.directory = directory;
  }

  /** A whole configuration, but for what differs from release to release. */
  private String xml(List<Path> roots, Path files) {
    return """
        <configuration>
          <targets>%s</targets>
          <bundle><files><file><source>%s</source><as>.</as></file></files></bundle>
          <migrations><migration><id>db</id><preset>%s</preset>%s</migration></migrations>
          <health><timeout>1s</timeout><interval>50ms</interval><successes>1</successes>
            <checks><check><command>%s</command></check></checks></health>
          <lockWait>%s</lockWait>%s
        </configuration>
        """
        .formatted(
            roots.stream()
                .map(root -> "<target>" + root.toUri() + "</target>")
                .collect(Collectors.joining()),
            files,
            tool.preset(),
            more,
            ExampleApp.HEALTHY,
            lockWait,
            extra);
  }

  private String version(int number) {
    return (sick ? ExampleApp.SICK + " " : "") + "release " + number;
  }

  private Path files(int number) throws Exception {
    Path files = directory.resolve("files of " + version(number));
    if (!Files.exists(files)) {
      List<Path> folders = new ArrayList<>(tool.files(number));
      folders.add(FILES.in(directory, version(number)));
      PresetBench.copy(folders, files);
    }
    return files;
  }

  public OutcomeReport release(int number, Path... roots) throws Exception {
    return Clients.usual().release(request(number, roots));
  }

  public DeployRequest request(int number, Path... roots) throws Exception {
    DeployXml xml = new DeployXml();
    ClassWorld world = new ClassWorld("shop", MigratedShop.class.getClassLoader());
    new BasicComponentConfigurator()
        .configureComponent(
            xml,
            new XmlPlexusConfiguration(
                Xpp3DomBuilder.build(new StringReader(xml(List.of(roots), files(number))))),
            world.getClassRealm("shop"));
    return RequestConverter.convert(
            xml,
            new ProjectFacts(
                new Identity("com.example:shop", version(number), "abc1234"),
                directory,
                directory.resolve("reports"),
                Optional.empty(),
                List.of(),
                true,
                "mvn deploy:"))
        .request();
  }

  /** Starts a client of its own process that makes release {@code number}. */
  public Process client(int number, Path root) throws Exception {
    List<String> command =
        Jvm.command(
            Client.class,
            tool.name(),
            directory.toString(),
            Integer.toString(number),
            root.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("client.txt").toFile())
        .start();
  }

  /** Makes one release. */
  public static final class Client {

    private Client() {}

    public static void main(String[] args) throws Exception {
      MigratedShop shop = new MigratedShop(MigrationTool.valueOf(args[0]), Path.of(args[1]));
      System.out.println(shop.release(Integer.parseInt(args[2]), Path.of(args[3])));
    }
  }
}
