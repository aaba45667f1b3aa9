package dev.cutover.mojo.config;

import dev.cutover.domain.Target;
import dev.cutover.domain.Targets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads where to release. A comma separates targets wherever one is written; a comma in a path is
 * {@code %2C}.
 */
final class TargetsReader {

  private final Values values;

  TargetsReader(Values values) {
    this.values = values;
  }

  List<Target> read(DeployXml xml) {
    List<Target> targets = new ArrayList<>();
    Map<String, String> places = new HashMap<>();
    String single = xml.target == null ? "" : xml.target;
    boolean both = !single.isBlank() && xml.targets != null && !xml.targets.isEmpty();
    if (both) {
      values.problem("<target>", "stands beside <targets>; use one of them");
    }
    if (!single.isBlank()) {
      read(xml.place("target"), single, targets, places);
    }
    int number = 0;
    for (String url : Values.listed(xml.targets)) {
      number++;
      read("<targets><target>[" + number + "]", url == null ? "" : url, targets, places);
    }
    if (single.isBlank() && number == 0) {
      values.problem(
          xml.place("target"), "is missing: write e.g. sftp://deployer@app1.example.com/srv/shop");
    }
    return targets;
  }

  private void read(String place, String urls, List<Target> targets, Map<String, String> places) {
    String[] parts = urls.split(",", -1);
    for (int i = 0; i < parts.length; i++) {
      String here = parts.length == 1 ? place : place + "[" + (i + 1) + "]";
      try {
        Target target = Targets.parse(parts[i].trim());
        String taken = places.putIfAbsent(target.lockOrder(), here);
        if (taken != null) {
          values.problem(here, "is the same place as " + taken);
        }
        targets.add(target);
      } catch (IllegalArgumentException e) {
        values.problem(here, String.valueOf(e.getMessage()));
      }
    }
  }
}
