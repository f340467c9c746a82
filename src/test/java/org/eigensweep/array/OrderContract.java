package org.eigensweep.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every device must do with tasks. */
public abstract class OrderContract extends OnDevice {
  @Test
  void runsEveryTaskOnceAndTheirTurnsInOrder() {
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    List<Integer> inOrder = new ArrayList<>();
    device.inOrder(
        100,
        (i, turn) -> {
          ran.add(i);
          turn.await();
          inOrder.add(i); // one at a time, or a list without locks would lose some
        });
    List<Integer> all = IntStream.range(0, 100).boxed().toList();
    assertThat(inOrder).isEqualTo(all);
    assertThat(ran).containsExactlyInAnyOrderElementsOf(all);
    device.inOrder(0, (i, turn) -> ran.add(-1));
    assertThat(ran).doesNotContain(-1);
  }

  @Test
  void addsUpWhatTasksCompute() {
    int n = 1000;
    Matrix total = scope.zeros(n, 1);
    device.inOrder(
        50,
        (i, turn) -> {
          try (Scope own = device.open()) {
            Matrix mine = own.matrix(n, 1);
            device.fill(i, mine);
            turn.await();
            device.axpy(1, mine, total);
          }
        });
    assertThat(total.toDoubles()).containsOnly(49 * 50 / 2);
  }

  @Test
  void runsTasksOfTasksInTurn() {
    AtomicInteger sum = new AtomicInteger();
    device.inOrder(
        4,
        (i, turn) ->
            device.inOrder(
                5,
                (j, inner) -> {
                  inner.await();
                  sum.addAndGet(10 * i + j);
                }));
    assertThat(sum).hasValue(5 * 60 + 4 * 10);
  }

  /** Whichever task fails first in time, the caller hears of one, and no later turn comes. */
  @Test
  void endsAllTasksWhenOneFails() {
    List<Integer> turns = new ArrayList<>();
    AtomicInteger running = new AtomicInteger();
    OrderedTask failing =
        (i, turn) -> {
          running.incrementAndGet();
          try (Scope own = device.open()) {
            own.zeros(10, 10);
            if (i == 7) {
              throw new IllegalStateException("task 7");
            }
            turn.await();
            turns.add(i);
          } finally {
            running.decrementAndGet();
          }
        };
    assertThatThrownBy(() -> device.inOrder(40, failing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("task 7");
    assertThat(running).hasValue(0);
    assertThat(turns).isEqualTo(IntStream.range(0, 7).boxed().toList());
    assertThatThrownBy(
            () ->
                device.inOrder(
                    3,
                    (i, turn) -> {
                      throw new OutOfMemoryError("no memory");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    List<Integer> later = new ArrayList<>();
    device.inOrder(
        3,
        (i, turn) -> {
          turn.await();
          later.add(i);
        });
    assertThat(later).containsExactly(0, 1, 2);
  }

  /** An interruption waits for the tasks, which use the caller's matrices, and is not lost. */
  @Test
  void keepsAnInterruption() {
    AtomicInteger ran = new AtomicInteger();
    Thread.currentThread().interrupt();
    device.inOrder(
        9,
        (i, turn) -> {
          turn.await();
          ran.incrementAndGet();
        });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ran).hasValue(9);
  }
}
