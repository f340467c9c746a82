package org.eigensweep.app;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out what the command was asked for
 * @param err progress and complaints
 */
record Console(PrintStream out, PrintStream err) {}
