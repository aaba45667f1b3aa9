package dev.cutover.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutover.app.DeployRequest;
import dev.cutover.docs.Page.Example;
import dev.cutover.domain.Identity;
import dev.cutover.mojo.config.DeployXml;
import dev.cutover.mojo.config.ProjectFacts;
import dev.cutover.mojo.config.RequestConverter;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads each XML example the way Maven and the goals read a POM. */
class ConfigurationExamplesTest {

  static Stream<Example> examples() {
    return Page.all().stream().flatMap(page -> page.examples("xml").stream());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isAcceptedAsWritten(Example example) throws Exception {
    Xpp3Dom dom = Xpp3DomBuilder.build(new StringReader(example.text()));
    if (dom.getName().equals("settings")) {
      return;
    }
    List<Xpp3Dom> configurations = configurations(dom).toList();
    assertThat(configurations).as("configurations in the example").isNotEmpty();
    for (Xpp3Dom configuration : configurations) {
      DeployXml xml = new DeployXml();
      ClassWorld world = new ClassWorld("docs", getClass().getClassLoader());
      new BasicComponentConfigurator()
          .configureComponent(
              xml, new XmlPlexusConfiguration(configuration), world.getClassRealm("docs"));
      DeployRequest request = RequestConverter.convert(xml, project()).request();
      assertThat(request.targets()).isNotEmpty();
      assertThat(request.spec().health().checks()).hasSize(occurrences(configuration, "check"));
      assertThat(request.spec().hooks()).hasSize(occurrences(configuration, "hook"));
      assertThat(request.spec().migrations()).hasSize(occurrences(configuration, "migration"));
    }
  }

  @Test
  void nameTheVersionThatIsBuilt() throws Exception {
    String version = new PluginDescriptor().version();
    assertThat(examples().filter(e -> e.text().contains("<plugin>")))
        .isNotEmpty()
        .allSatisfy(e -> assertThat(e.text()).contains("<version>" + version + "</version>"));
  }

  private static Stream<Xpp3Dom> configurations(Xpp3Dom dom) {
    return dom.getName().equals("configuration")
        ? Stream.of(dom)
        : Stream.of(dom.getChildren()).flatMap(ConfigurationExamplesTest::configurations);
  }

  /** How many elements of a name that hold others there are; a migration's own check is a text. */
  private static int occurrences(Xpp3Dom dom, String name) {
    int here = dom.getName().equals(name) && dom.getChildCount() > 0 ? 1 : 0;
    return here + Stream.of(dom.getChildren()).mapToInt(child -> occurrences(child, name)).sum();
  }

  private static ProjectFacts project() {
    Path base = Path.of("").toAbsolutePath();
    return new ProjectFacts(
        new Identity("shop", "1.0.0", "unknown"),
        base,
        base.resolve("target/deploy"),
        Optional.of(
            new ProjectFacts.Main(base.resolve("target/shop.jar"), "shop.jar", Optional.empty())),
        List.of(),
        true,
        "mvn deploy:");
  }
}
