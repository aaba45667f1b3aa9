package dev.cutover.transport.ssh;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** SFTP channels of one session, kept while idle. */
final class SftpChannels {

  private final Session session;
  private final ArrayDeque<ChannelSftp> idle = new ArrayDeque<>();
  private final Set<ChannelSftp> all = ConcurrentHashMap.newKeySet();

  SftpChannels(Session session) {
    this.session = session;
  }

  Session session() {
    return session;
  }

  ChannelSftp take() throws IOException {
    synchronized (idle) {
      ChannelSftp kept = idle.poll();
      if (kept != null && kept.isConnected()) {
        return kept;
      }
    }
    try {
      ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
      if (channel == null) {
        throw new IOException("the SSH session is down");
      }
      all.add(channel);
      // 16, the default, caps an upload at 13 MB/s over 40 ms; 64 fills the server's window.
      channel.setBulkRequests(64);
      // Without a timeout of its own JSch looks every 10 ms whether the session still stands, for
      // 20 s; with one it sleeps all through it, also when the session has died meanwhile.
      channel.connect();
      return channel;
    } catch (JSchException e) {
      throw new IOException("no SFTP: " + e.getMessage(), e);
    }
  }

  void giveBack(ChannelSftp channel) {
    if (channel.isConnected() && !channel.isClosed()) {
      synchronized (idle) {
        idle.add(channel);
      }
    } else {
      all.remove(channel);
    }
  }

  /**
   * Ends what a dead session left open: JSch passes over a channel that is just being opened, and
   * its opener would wait for ever.
   */
  void reap() {
    if (!session.isConnected()) {
      close();
    }
  }

  void close() {
    all.forEach(ChannelSftp::disconnect);
    all.clear();
  }
}
