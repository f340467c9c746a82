package org.eigensweep.spark.curve;

/**
 * One quantity of one trial over steps, thinned. A bucket that has one row holds it as it is;
 * otherwise the lowest and the highest value survive, and the mean is over the bucket's rows. Rows
 * without the value, or where it is not finite, count for nothing.
 *
 * @param trial the trial's hash
 * @param quantity the column
 * @param pair the eigenpair, 1 leads; 0 for a quantity that is not one of a pair
 * @param buckets those that have the value, ascending
 * @param low the lowest value in each
 * @param mean the mean value in each
 * @param high the highest value in each
 */
@SuppressWarnings("ArrayRecordComponent") // a few hundred thousand numbers, which nobody compares
public record Curve(
    String trial,
    String quantity,
    int pair,
    int[] buckets,
    double[] low,
    double[] mean,
    double[] high) {}
