package org.eigensweep.array;

import java.util.BitSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * The threads of a device. Tasks start in the order of their numbers, each on the thread that is
 * free first, so one that waits for its turn waits for tasks that run. Threads that have nothing to
 * do sleep: a process that spins takes the cores away from others on the machine.
 */
final class TaskThreads implements AutoCloseable {
  /** Whether this thread runs a task now; tasks that it starts run in turn. */
  private static final ThreadLocal<Boolean> IN_TASK = ThreadLocal.withInitial(() -> false);

  private final int threads;
  private final Runnable prepare;
  private ExecutorService helpers;

  /**
   * Threads that start when they are first needed.
   *
   * @param threads how many tasks run at once, at least 1; the calling thread runs some of them
   * @param prepare run first on each thread
   */
  TaskThreads(int threads, Runnable prepare) {
    this.threads = threads;
    this.prepare = prepare;
  }

  /** See {@link Device#inOrder}. */
  void inOrder(int count, OrderedTask task) {
    int together = Math.min(threads, count);
    if (together < 2 || IN_TASK.get()) {
      for (int i = 0; i < count; i++) {
        task.run(i, () -> {});
      }
      return;
    }
    Run run = new Run(count, task);
    for (int i = 1; i < together; i++) {
      helpers().execute(run::work);
    }
    run.work();
    run.awaitEnd();
  }

  private synchronized ExecutorService helpers() {
    if (helpers == null) {
      helpers = Executors.newFixedThreadPool(threads - 1, TaskThreads.this::thread);
    }
    return helpers;
  }

  private Thread thread(Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              prepare.run();
              work.run();
            },
            "device-task");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void close() {
    if (helpers != null) {
      helpers.shutdown();
    }
  }

  /** The tasks of one call. */
  private static final class Run {
    private final int count;
    private final OrderedTask task;
    private final BitSet ended = new BitSet();
    private int started;
    private int running;
    private int failed = Integer.MAX_VALUE;
    private Throwable failure;

    Run(int count, OrderedTask task) {
      this.count = count;
      this.task = task;
    }

    /** Runs tasks until none is left, or one has failed. */
    void work() {
      IN_TASK.set(true);
      try {
        for (int i = begin(); i < count; i = begin()) {
          run(i);
        }
      } finally {
        IN_TASK.set(false);
      }
    }

    /** The number of the next task, or {@link #count}. */
    private synchronized int begin() {
      if (failure != null || started == count) {
        return count;
      }
      running++;
      return started++;
    }

    private void run(int index) {
      try {
        task.run(index, () -> await(index));
        end(index);
      } catch (Cancelled e) {
        fail(index, null);
      } catch (RuntimeException | Error e) {
        fail(index, e);
      }
    }

    private synchronized void await(int index) {
      sleepWhile(() -> ended.nextClearBit(0) < index && failed > index);
      if (ended.nextClearBit(0) < index) {
        throw new Cancelled();
      }
    }

    private synchronized void end(int index) {
      running--;
      ended.set(index);
      notifyAll();
    }

    private synchronized void fail(int index, Throwable cause) {
      running--;
      if (cause != null && index < failed) {
        failed = index;
        failure = cause;
      }
      notifyAll();
    }

    /** Waits for the tasks that run, and throws what the first failed one threw. */
    synchronized void awaitEnd() {
      sleepWhile(() -> running > 0);
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
    }

    /** Tasks use the caller's matrices, so an interruption has to wait for them. */
    private synchronized void sleepWhile(BooleanSupplier condition) {
      boolean interrupted = false;
      while (condition.getAsBoolean()) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends a task whose turn will not come. */
  private static final class Cancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Cancelled() {
      super("a task before this one failed", null, false, false);
    }
  }
}
