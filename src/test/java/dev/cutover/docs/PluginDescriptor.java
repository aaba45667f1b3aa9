package dev.cutover.docs;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The descriptor Maven reads, which the build wrote from the goals' classes. */
final class PluginDescriptor {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{(deploy\\.\\w+)}");
  private final Document document;

  PluginDescriptor() throws Exception {
    document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Path.of("target/classes/META-INF/maven/plugin.xml").toFile());
  }

  String version() {
    return document.getDocumentElement().getElementsByTagName("version").item(0).getTextContent();
  }

  Set<String> goals() {
    Set<String> goals = new TreeSet<>();
    NodeList found = document.getElementsByTagName("mojo");
    for (int i = 0; i < found.getLength(); i++) {
      goals.add(text((Element) found.item(i), "goal"));
    }
    return goals;
  }

  /** The names that may be typed with {@code -D}. */
  Set<String> properties() {
    Set<String> properties = new TreeSet<>();
    NodeList configurations = document.getElementsByTagName("configuration");
    for (int i = 0; i < configurations.getLength(); i++) {
      properties.addAll(
          PROPERTY
              .matcher(configurations.item(i).getTextContent())
              .results()
              .map(match -> match.group(1))
              .collect(Collectors.toSet()));
    }
    return properties;
  }

  /** The names that may stand in a POM's {@code <configuration>}. */
  Set<String> parameters() {
    Set<String> parameters = new TreeSet<>();
    NodeList found = document.getElementsByTagName("parameter");
    for (int i = 0; i < found.getLength(); i++) {
      Element parameter = (Element) found.item(i);
      boolean ofHelp =
          text((Element) parameter.getParentNode().getParentNode(), "goal").equals("help");
      if (!ofHelp && text(parameter, "editable").equals("true")) {
        parameters.add(text(parameter, "name"));
      }
    }
    return parameters;
  }

  private static String text(Element element, String name) {
    return element.getElementsByTagName(name).item(0).getTextContent();
  }
}
