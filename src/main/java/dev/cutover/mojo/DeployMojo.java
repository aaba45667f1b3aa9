package dev.cutover.mojo;

import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Only says what to type instead: <code>deploy:deploy</code> is a goal of maven-deploy-plugin,
 * which publishes artifacts to a repository.
 */
@Mojo(name = "deploy", requiresProject = false, threadSafe = true)
public final class DeployMojo extends AbstractMojo {

  @Override
  public void execute() throws MojoFailureException {
    throw new MojoFailureException(
        "deploy:deploy publishes to a Maven repository and is maven-deploy-plugin's goal; nothing was"
            + " done.\n  next       mvn org.apache.maven.plugins:maven-deploy-plugin:deploy (or"
            + " <extensions>true</extensions> on this plugin, which tells the two apart; to release to"
            + " hosts: mvn deploy:release)");
  }
}
