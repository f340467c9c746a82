package org.eigensweep.array.process;

import org.bytedeco.javacpp.Pointer;

/**
 * JavaCPP's two limits of a process, in bytes. The second is the one that holds: ND4J's arrays are
 * not among the storage that JavaCPP counts, but are resident once they are written. Before each of
 * its own small allocations, of which every new array makes some, JavaCPP compares the process with
 * the limit, collects garbage if it is exceeded, and throws {@link OutOfMemoryError} if that did
 * not help.
 *
 * @param arrays what JavaCPP itself may allocate
 * @param process resident memory of the whole process, Java heap included
 */
public record MemoryLimits(long arrays, long process) {
  private static final String PREFIX = "org.bytedeco.javacpp.";

  /**
   * Sets these limits. What the command line of the process says wins, and where JavaCPP is loaded
   * already nothing changes any more.
   *
   * @return the limits in force
   */
  public MemoryLimits apply() {
    offer("maxbytes", "maxBytes", arrays);
    offer("maxphysicalbytes", "maxPhysicalBytes", process);
    return new MemoryLimits(Pointer.maxBytes(), Pointer.maxPhysicalBytes());
  }

  /** JavaCPP knows a property by two spellings. */
  private static void offer(String property, String spelledOtherwise, long bytes) {
    if (System.getProperty(PREFIX + property) == null
        && System.getProperty(PREFIX + spelledOtherwise) == null) {
      System.setProperty(PREFIX + property, Long.toString(bytes));
    }
  }
}
