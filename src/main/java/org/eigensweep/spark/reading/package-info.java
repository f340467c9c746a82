/**
 * The tables of output folders, read back: those of sweeps that are finished, and those of sweeps
 * that still run.
 *
 * <p>Knows where the files of a trial lie, which of two copies counts, and how a file is read that
 * a running sweep may replace at any moment.
 *
 * <p>Must not know what the columns mean or what is made of them.
 */
package org.eigensweep.spark.reading;
