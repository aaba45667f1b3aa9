package dev.cutover.mojo.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How hosts are trusted and logged in to.
 *
 * @param serverId the {@code <server>} of settings.xml; absent: the target's host name
 * @param knownHosts absent: {@code ~/.ssh/known_hosts}, or what ssh_config says
 * @param trustOnFirstUse whether an unknown host key is accepted; a changed one never is
 */
public record ConnectionSpec(
    Optional<String> serverId, Optional<Path> knownHosts, boolean trustOnFirstUse) {}
