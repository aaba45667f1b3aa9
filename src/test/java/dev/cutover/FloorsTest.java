package dev.cutover;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports only go down, and foreign types stay on the floor that owns them. */
@AnalyzeClasses(packages = "dev.cutover", importOptions = DoNotIncludeTests.class)
class FloorsTest {

  @ArchTest
  static final ArchRule FLOORS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("mojo")
          .definedBy("dev.cutover.mojo..")
          .layer("app")
          .definedBy("dev.cutover.app..")
          .layer("report")
          .definedBy("dev.cutover.report..")
          .layer("engine")
          .definedBy("dev.cutover.engine..")
          .layer("plan")
          .definedBy("dev.cutover.plan..")
          .layer("step")
          .definedBy("dev.cutover.step..")
          .layer("health")
          .definedBy("dev.cutover.health..")
          .layer("bundle")
          .definedBy("dev.cutover.bundle..")
          .layer("transport")
          .definedBy("dev.cutover.transport..")
          .layer("event")
          .definedBy("dev.cutover.event..")
          .layer("error")
          .definedBy("dev.cutover.error..")
          .layer("domain")
          .definedBy("dev.cutover.domain..")
          .whereLayer("mojo")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("app")
          .mayOnlyBeAccessedByLayers("mojo")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("mojo", "app")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("mojo", "app")
          .whereLayer("plan")
          .mayOnlyBeAccessedByLayers("mojo", "app", "engine")
          .whereLayer("step")
          .mayOnlyBeAccessedByLayers("app", "engine", "plan")
          .whereLayer("health")
          .mayOnlyBeAccessedByLayers("app", "engine", "plan", "step")
          .whereLayer("bundle")
          .mayOnlyBeAccessedByLayers("mojo", "app")
          .whereLayer("transport")
          .mayOnlyBeAccessedByLayers("mojo", "app", "engine", "plan", "step", "health")
          .whereLayer("event")
          .mayOnlyAccessLayers("domain")
          .whereLayer("error")
          .mayOnlyAccessLayers("domain")
          .whereLayer("domain")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule MAVEN_LIVES_IN_MOJO =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.cutover.mojo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.maven..", "org.codehaus.plexus..");

  @ArchTest
  static final ArchRule JSCH_AND_VFS_LIVE_IN_TRANSPORT =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.cutover.transport.ssh..", "dev.cutover.transport.local..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.jcraft.jsch..", "org.apache.commons.vfs2..");
}
