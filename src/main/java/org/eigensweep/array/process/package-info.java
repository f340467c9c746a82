/**
 * What is one for a whole process: which kernels and how many threads native libraries take, how
 * much memory, and when the process ends at the latest.
 *
 * <p>Knows ND4J, JavaCPP and the C library. Must not know matrices.
 */
package org.eigensweep.array.process;
