package dev.cutover.mojo.config;

import dev.cutover.app.DeployRequest;
import dev.cutover.domain.Identity;
import dev.cutover.domain.Problem;
import dev.cutover.error.BadParametersException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A good configuration to spoil, and a way to read it. */
final class Written {

  static final Path BASE = Path.of("/home/me/project");
  Path base = BASE;
  final DeployXml xml = new DeployXml();
  String version = "1";
  final HookXml hook = new HookXml();
  final MigrationXml migration = new MigrationXml();
  final CheckXml check = new CheckXml();
  final FileXml file = new FileXml();
  final List<ProjectFacts.Dependency> dependencies = new ArrayList<>();
  Optional<ProjectFacts.Main> main =
      Optional.of(
          new ProjectFacts.Main(BASE.resolve("target/shop-1.jar"), "shop.jar", Optional.empty()));

  Written() {
    xml.target = "sftp://deployer@app1.example.com/srv/shop";
  }

  Written withHook() {
    hook.at = "before-switch";
    hook.run = "true";
    xml.hooks = List.of(hook);
    return this;
  }

  Written withMigration() {
    migration.id = "db";
    migration.up = "true";
    xml.migrations = migrations(migration);
    return this;
  }

  static MigrationsXml migrations(MigrationXml... written) {
    MigrationsXml all = new MigrationsXml();
    for (MigrationXml one : written) {
      all.setMigration(one);
    }
    return all;
  }

  Written withCheck() {
    xml.health = new HealthXml();
    xml.health.checks = List.of(check);
    return this;
  }

  Written withHttpCheck() {
    check.http = "http://localhost:8080/";
    check.jsonPointer = "/build/version";
    check.equals = "{version}";
    return withCheck();
  }

  Written withCommandCheck() {
    check.command = "true";
    return withCheck();
  }

  HealthXml health() {
    return Objects.requireNonNull(xml.health);
  }

  void dependency(String group, String name) {
    dependencies.add(new ProjectFacts.Dependency(group, name, Path.of("/repository", name)));
  }

  Written withFile() {
    file.source = "target/shop-1.jar";
    xml.bundle = new BundleXml();
    xml.bundle.files = List.of(file);
    return this;
  }

  RequestConverter.Job job() {
    return RequestConverter.convert(
        xml,
        new ProjectFacts(
            new Identity("com.example:shop", version, "unknown"),
            base,
            base.resolve("target/deploy"),
            main,
            dependencies,
            true,
            "mvn deploy:"));
  }

  DeployRequest request() {
    return job().request();
  }

  /** The problems, or none when it was read. */
  List<Problem> problems() {
    try {
      job();
      return List.of();
    } catch (BadParametersException e) {
      return e.problems();
    }
  }
}
