package dev.cutover.engine;

import dev.cutover.error.CutoverException;
import dev.cutover.error.FencedException;
import dev.cutover.error.HostLostException;
import dev.cutover.error.OwnFaultException;
import dev.cutover.step.Member;
import dev.cutover.step.Step;
import dev.cutover.transport.HostOp;
import dev.cutover.transport.OpListener;
import dev.cutover.transport.OpResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Operations of one or more steps that go to a host in one round trip. */
final class Batch {

  private record Item(Step step, HostOp op, boolean first, boolean last) {}

  private final Member member;
  private final Events events;
  private final Walk.Notes notes;
  private final List<Item> items = new ArrayList<>();

  Batch(Member member, Events events, Walk.Notes notes) {
    this.member = member;
    this.events = events;
    this.notes = notes;
  }

  void add(Step step, List<HostOp> ops) {
    for (int i = 0; i < ops.size(); i++) {
      items.add(new Item(step, ops.get(i), i == 0, i == ops.size() - 1));
    }
  }

  /** How many operations wait to be sent. */
  int size() {
    return items.size();
  }

  /**
   * Sends what was added; nothing when nothing was.
   *
   * @throws StepFailure of the operation that failed
   */
  void send() {
    sendAll(Integer.MAX_VALUE, failure -> {});
  }

  /**
   * Sends what was added; when an operation beyond the first {@code decisive} fails, tells {@code
   * tolerated} and goes on with those after it.
   */
  void sendAll(int decisive, Consumer<StepFailure> tolerated) {
    int at = 0;
    while (at < items.size()) {
      List<Item> rest = items.subList(at, items.size());
      try {
        send(rest);
        break;
      } catch (OpFailed e) {
        at += e.index + 1;
        if (at <= decisive || e.failure.lost() || e.failure.fenced()) {
          items.clear();
          throw e.failure;
        }
        tolerated.accept(e.failure);
      }
    }
    items.clear();
  }

  private void send(List<Item> sent) throws OpFailed {
    Conversation conversation = new Conversation(sent);
    List<OpResult> results;
    try {
      results = member.perform(sent.stream().map(Item::op).toList(), conversation);
    } catch (HostLostException e) {
      sent.forEach(item -> notes.begin(item.step()));
      throw conversation.failed(conversation.current, e);
    } catch (CutoverException e) {
      sent.forEach(item -> notes.begin(item.step()));
      throw conversation.failed(
          conversation.current, new HostLostException(member.name(), said(e), e.next(), e));
    } catch (RuntimeException | LinkageError | VirtualMachineError e) {
      // The host goes on with what it was sent, whatever became of us: as when its reply is lost.
      sent.forEach(item -> notes.begin(item.step()));
      throw conversation.failed(
          conversation.current, new HostLostException(member.name(), OwnFaultException.text(e), e));
    }
    int last = results.size() - 1;
    if (last < 0 || !results.get(last).ok()) {
      throw conversation.failed(Math.max(0, last), reason(sent.get(Math.max(0, last)), results));
    }
  }

  private String said(CutoverException e) {
    String message = String.valueOf(e.getMessage());
    String host = member.name() + ": ";
    return message.startsWith(host) ? message.substring(host.length()) : message;
  }

  private CutoverException reason(Item item, List<OpResult> results) {
    OpResult result = results.get(results.size() - 1);
    if (result.status() == OpResult.FENCED) {
      return new FencedException(member.name());
    }
    return OpFailures.of(item.op(), result);
  }

  /** An operation failed; the index is within the batch that was sent. */
  private static final class OpFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final int index;
    private final transient StepFailure failure;

    OpFailed(int index, StepFailure failure) {
      super(failure);
      this.index = index;
      this.failure = failure;
    }
  }

  /** Turns what the operations report into the events of their steps. */
  private final class Conversation implements OpListener {
    private final List<Item> sent;
    private final Map<Step, Instant> starts = new HashMap<>();
    private int current;

    Conversation(List<Item> sent) {
      this.sent = sent;
    }

    @Override
    public void started(int index) {
      current = index;
      Step step = sent.get(index).step();
      if (!starts.containsKey(step)) {
        starts.put(step, events.started(step.ref()));
        notes.begin(step);
      }
    }

    @Override
    public void output(int index, String line) {
      events.output(sent.get(index).step().ref(), line);
    }

    @Override
    public void ended(int index, OpResult result) {
      Item item = sent.get(index);
      if (result.ok() && item.last()) {
        notes.end(item.step(), result.value("note"));
        events.finished(item.step().ref(), startOf(item.step()), result.value("note"));
      }
    }

    OpFailed failed(int index, CutoverException reason) {
      Step step = sent.get(index).step();
      notes.begin(step);
      StepFailure failure = new StepFailure(step.ref(), member.name(), reason);
      if (!starts.containsKey(step)) {
        starts.put(step, events.started(step.ref()));
      }
      events.failed(step.ref(), startOf(step), String.valueOf(failure.getMessage()));
      return new OpFailed(index, failure);
    }

    private Instant startOf(Step step) {
      return starts.getOrDefault(step, events.now());
    }
  }
}
