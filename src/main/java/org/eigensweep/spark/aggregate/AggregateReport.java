package org.eigensweep.spark.aggregate;

/**
 * What was drawn together.
 *
 * @param trials how many trials there are
 * @param running how many of them were not finished when they were read
 * @param points points of the sweep without their seeds
 * @param output the folder of the aggregates
 * @param seconds wall-clock time
 */
public record AggregateReport(int trials, int running, int points, String output, double seconds) {}
