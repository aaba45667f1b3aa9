package dev.cutover.mojo;

import dev.cutover.bundle.BundleAssembler;
import dev.cutover.bundle.BundleWriter;
import dev.cutover.domain.Payload;
import dev.cutover.mojo.config.DeployXml;
import dev.cutover.mojo.config.ProjectFacts;
import dev.cutover.mojo.config.RequestConverter;
import dev.cutover.mojo.project.Module;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Assembles what a release would hold under <code>target/deploy/bundle</code>, with its sha256
 * manifest. Touches no host and needs no target.
 */
@Mojo(
    name = "bundle",
    defaultPhase = LifecyclePhase.PACKAGE,
    requiresDependencyResolution = ResolutionScope.RUNTIME,
    threadSafe = true)
public final class BundleMojo extends AbstractBuildMojo {

  @Override
  void perform(DeployXml written) {
    Module module = new Module(project());
    boolean alone = session().getProjects().size() == 1;
    if (module.hasNothingToRelease(mojoExecution().getExecutionId())
        || (!alone && module.plugin().isEmpty())) {
      getLog().info("This module has nothing to bundle.");
      return;
    }
    ProjectFacts facts = built(written);
    Payload payload =
        new BundleAssembler(facts.reports().resolve("unpacked"))
            .assemble(RequestConverter.bundle(written, facts));
    Path directory = facts.reports().resolve("bundle");
    new BundleWriter(directory).write(payload);
    getLog()
        .info(
            "Bundle: %d files, %d bytes in %s"
                .formatted(
                    payload.manifest().entries().size(), payload.manifest().bytes(), directory));
  }
}
