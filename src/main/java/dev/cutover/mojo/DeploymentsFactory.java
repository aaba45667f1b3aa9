package dev.cutover.mojo;

import dev.cutover.app.Deployments;
import dev.cutover.error.CutoverException;
import dev.cutover.mojo.config.RequestConverter;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** The one place where Maven's world and ours are wired. */
record DeploymentsFactory(MavenSession session, SettingsDecrypter decrypter, Log log) {

  Deployments create(RequestConverter.Job job) {
    log.info("would release " + job.request());
    throw new CutoverException("no transport is wired yet", "");
  }
}
