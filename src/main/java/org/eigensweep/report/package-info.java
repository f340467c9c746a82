/**
 * What the trials of a sweep say together, as a reader wants to see it.
 *
 * <p>This package knows the summaries of trials and how a table is laid out. It must not know
 * Spark, files or settings: trials that were just run and trials read back look the same to it.
 */
package org.eigensweep.report;
