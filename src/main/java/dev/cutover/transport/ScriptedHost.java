package dev.cutover.transport;

import dev.cutover.domain.FactsQuery;
import dev.cutover.domain.HostFacts;
import dev.cutover.domain.HostFacts.Tools;
import dev.cutover.domain.Layout;
import dev.cutover.domain.LockToken;
import dev.cutover.domain.Payload;
import dev.cutover.domain.ReleaseId;
import dev.cutover.domain.Target;
import dev.cutover.domain.journal.Journal;
import dev.cutover.domain.journal.JournalCodec;
import dev.cutover.domain.journal.JournalCompactor;
import dev.cutover.error.CutoverException;
import dev.cutover.error.HostLostException;
import dev.cutover.error.HostRefusedException;
import dev.cutover.error.UnreadableReplyException;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A host worked by the scripts among the resources, over any {@link Connection}. One call is one
 * script is one round trip.
 */
public final class ScriptedHost implements Host {

  /** Scripts that work longer say so every 4 s; the mutex is waited for at most 20 s. */
  static final Duration SILENCE = Duration.ofSeconds(30);

  /** Beyond so many bytes the journal is rewritten as a checkpoint. */
  private static final int LONGEST_JOURNAL = 1 << 20;

  private final Target target;
  private final Connection connection;
  private final SecureRandom random = new SecureRandom();
  private volatile Optional<Tools> tools = Optional.empty();
  private volatile String user = "";

  /** A host that closes {@code connection} when it is closed. */
  public ScriptedHost(Target target, Connection connection) {
    this.target = target;
    this.connection = connection;
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public HostFacts facts(FactsQuery query) {
    String nonce = nonce();
    Call call = new Call("facts", Map.of("FILES", OpCalls.lines(query.shared().files())));
    FactsReader reader = new FactsReader();
    run(Program.at(query.root(), nonce, Optional.empty()).question(call), nonce, reader);
    return learn(understood(reader::facts));
  }

  @Override
  public LockReply lock(LockRequest request, FactsQuery query) {
    String nonce = nonce();
    FactsReader reader = new FactsReader();
    Call call = LockCall.of(request, query);
    run(Program.at(query.root(), nonce, Optional.empty()).question(call), nonce, reader);
    Optional<String> refused = understood(() -> reader.one("refused"));
    if (refused.equals(Optional.of("clock"))) {
      throw LockRefusals.ofClock(target.host(), understood(() -> reader.one("clock")).orElse(""));
    }
    HostFacts facts = learn(understood(reader::facts));
    if (refused.isPresent()) {
      throw LockRefusals.of(target.host(), refused.get(), facts, reader.tools());
    }
    Optional<String> twin = understood(() -> reader.one("twin"));
    if (twin.isPresent()) {
      return new LockReply.Twin(twin.get(), facts);
    }
    Optional<LockToken> token = understood(() -> reader.one("granted")).flatMap(LockToken::parse);
    if (token.isEmpty()) {
      return new LockReply.Held(facts);
    }
    return new LockReply.Granted(token.get(), checkpointed(token.get(), facts, reader));
  }

  @Override
  public OpResult breakLock(Layout layout, String expected) {
    return ask(layout, new Call("breaklock", Map.of("EXPECTED", expected)), OpListener.SILENT);
  }

  @Override
  public Lease hold(Layout layout, LockToken token) {
    String nonce = nonce();
    String script =
        program(layout, nonce).with("TOKEN", token.text()).conversation(new Call("hold", Map.of()));
    return BeatingLease.start(connection, script, nonce);
  }

  @Override
  public List<OpResult> perform(
      Layout layout, LockToken token, List<HostOp> ops, OpListener listener) {
    if (ops.contains(new HostOp.Unlock())) {
      connection.finishing();
    }
    OpCalls calls =
        new OpCalls(layout, token, call -> tokened(layout, token, nonce()).question(call));
    return performCalls(layout, token, ops.stream().map(calls::call).toList(), listener);
  }

  @Override
  public OpResult query(Layout layout, HostQuery query, OpListener listener) {
    return ask(layout, new QueryCalls(layout).call(query), listener);
  }

  @Override
  public boolean upload(Layout layout, ReleaseId id, Payload payload, TransferListener listener) {
    String name = "%016x-%s".formatted(System.currentTimeMillis(), nonce());
    return new Upload(target.host(), connection, layout, id, name, payload, listener).send();
  }

  @Override
  public void expectUpload(Payload payload) {
    Upload.expect(connection, payload);
  }

  @Override
  public boolean forwards() {
    return connection.forwards();
  }

  @Override
  public Socket connect(String address, int port, Duration timeout) throws IOException {
    return connection.connect(address, port, timeout);
  }

  @Override
  public void close() {
    connection.close();
  }

  private List<OpResult> performCalls(
      Layout layout, LockToken token, List<Call> calls, OpListener listener) {
    if (calls.isEmpty()) {
      return List.of();
    }
    String nonce = nonce();
    ResultsReader reader = new ResultsReader(calls.size(), listener, System::nanoTime);
    run(tokened(layout, token, nonce).operations(calls), nonce, reader);
    return reader.results();
  }

  private OpResult ask(Layout layout, Call call, OpListener listener) {
    String nonce = nonce();
    ResultsReader reader = new ResultsReader(1, listener, System::nanoTime);
    run(program(layout, nonce).question(call), nonce, reader);
    return reader.results().get(0);
  }

  private void run(String script, String nonce, Reply.Reader reader) {
    Reply reply = new Reply(nonce, reader);
    Connection.Exit exit = listen(script, reply);
    if (!reply.hello()) {
      throw new HostRefusedException(
          target.host(),
          "no shell answered there"
              + (reply.noise().isEmpty() ? "" : ", but: " + reply.noise())
              + (exit.stderr().isBlank()
                  ? ""
                  : " (" + HostText.plain(exit.stderr().strip(), Budget.MESSAGE_LINE) + ")"),
          "Give " + target.url() + " a user whose login shell runs commands.",
          null);
    }
    if (!reply.done()) {
      throw new HostLostException(
          target.host(), "the script there was cut off " + exit.status(), null);
    }
  }

  private Connection.Exit listen(String script, Reply reply) {
    try {
      return connection.run(script, SILENCE, reply::line);
    } catch (NotUnderstood e) {
      throw new UnreadableReplyException(target.host(), e.what(), e);
    }
  }

  /**
   * Rewrites a long journal. The client does it, under the lock it has just got: what a fold needs
   * is known here, once, and no host script has to understand records. It may fail: the journal
   * that stands is then as good.
   */
  private HostFacts checkpointed(LockToken token, HostFacts facts, FactsReader reader) {
    if (reader.journalBytes() <= LONGEST_JOURNAL) {
      return facts;
    }
    Journal journal = JournalCompactor.compact(facts.journal());
    Map<String, String> variables =
        Map.of(
            "CONTENT",
            JournalCodec.text(journal),
            "NEWLINES",
            Integer.toString(reader.journalNewlines()));
    performCalls(
        facts.layout(), token, List.of(new Call("checkpoint", variables)), OpListener.SILENT);
    return facts;
  }

  private <T> T understood(Supplier<T> read) {
    try {
      return read.get();
    } catch (NotUnderstood e) {
      throw new CutoverException(target.host() + ": " + e.what(), e.next(), e);
    }
  }

  private HostFacts learn(HostFacts facts) {
    user = facts.user();
    if (facts.missingTools().isEmpty()) {
      tools = Optional.of(facts.tools());
    }
    return facts;
  }

  private Program program(Layout layout, String nonce) {
    return Program.at(new Target.Root.Absolute(layout.root()), nonce, tools);
  }

  private Program tokened(Layout layout, LockToken token, String nonce) {
    return program(layout, nonce)
        .with("TOKEN", token.text())
        .with("SEQ", Long.toString(token.seq()))
        .with("DEPLOYER", user);
  }

  private String nonce() {
    byte[] bytes = new byte[10];
    random.nextBytes(bytes);
    return "n" + HexFormat.of().formatHex(bytes);
  }
}
