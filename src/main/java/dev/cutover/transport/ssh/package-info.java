/** Hosts reached over one SSH session: exec, SFTP and VFS (JSch lives only here). */
@NullMarked
package dev.cutover.transport.ssh;

import org.jspecify.annotations.NullMarked;
