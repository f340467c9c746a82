package org.eigensweep.app;

/** What the process tells its caller. */
final class ExitStatus {
  static final int OK = 0;

  /** A failure that is not the user's: a full disk, a lost executor, a mistake of ours. */
  static final int FAILED = 1;

  /** Arguments, settings, data or an output folder that cannot be used: one line says why. */
  static final int BAD_INPUT = 2;

  private ExitStatus() {}
}
