package dev.cutover.mojo.config;

import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every parameter as it was written, unread. */
public final class DeployXml {
  public @Nullable String target;
  public @Nullable List<String> targets;
  public @Nullable String serverId;
  public @Nullable BundleXml bundle;
  public @Nullable SharedXml shared;
  public @Nullable CommandXml build;
  public @Nullable MigrationsXml migrations;
  public @Nullable String restart;
  public @Nullable String restartTimeout;
  public @Nullable HealthXml health;
  public @Nullable List<HookXml> hooks;
  public @Nullable String keep;
  public @Nullable String lockWait;
  public @Nullable String watchdog;
  public @Nullable String releaseId;
  public @Nullable String force;
  public @Nullable String rollbackMigrations;
  public @Nullable String migration;
  public @Nullable String decided;
  public @Nullable String knownHosts;
  public @Nullable String trustOnFirstUse;

  private final Set<String> typed = new HashSet<>();

  /**
   * Lets what was typed with {@code -D} win over the POM. (Maven by itself lets the POM win: a
   * release would then silently go elsewhere than its command line says.)
   */
  public void override(Properties user) {
    take(
        user,
        "target",
        value -> {
          target = value;
          targets = null;
        });
    take(user, "serverId", value -> serverId = value);
    take(user, "restart", value -> restart = value);
    take(
        user,
        "health",
        value -> {
          health = health == null ? new HealthXml() : health;
          health.checks = null;
          health.set(value);
        });
    take(user, "keep", value -> keep = value);
    take(user, "lockWait", value -> lockWait = value);
    take(user, "releaseId", value -> releaseId = value);
    take(user, "force", value -> force = value);
    take(user, "migrations", value -> rollbackMigrations = value);
    take(user, "migration", value -> migration = value);
    take(user, "decided", value -> decided = value);
    take(user, "knownHosts", value -> knownHosts = value);
    take(user, "trustOnFirstUse", value -> trustOnFirstUse = value);
  }

  private void take(Properties user, String name, Consumer<String> field) {
    String value = user.getProperty("deploy." + name);
    if (value != null) {
      field.accept(value);
      typed.add(name);
    }
  }

  /** Whether the runtime dependencies go into the bundle. */
  public boolean wantsDependencies() {
    return bundle != null && bundle.dependencies != null;
  }

  /** How a problem names a top-level parameter. */
  String place(String name) {
    return typed.contains(name) ? "deploy." + name : "<" + name + ">";
  }
}
