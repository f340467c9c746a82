package org.eigensweep.array;

/** A task of many that may run at the same time, and one part of which runs in order. */
public interface OrderedTask {
  /**
   * Does the work.
   *
   * @param index number of the task, from 0
   * @param turn waits for the tasks before
   */
  void run(int index, Turn turn);

  /** The order of the tasks. */
  interface Turn {
    /**
     * Returns when all tasks of lower numbers have ended. What a task does afterwards, it does in
     * the order of the tasks, while tasks of higher numbers still compute.
     */
    void await();
  }
}
