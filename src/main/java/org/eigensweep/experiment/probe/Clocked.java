package org.eigensweep.experiment.probe;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.sweep.MeasuredPoints;
import org.eigensweep.experiment.walk.Segment;

/** A segment of a trunk or a branch that lasts some seconds, and takes the time of each step. */
final class Clocked implements Segment {
  /** One step is no sample: the first has the cost of a start. */
  private static final int FEWEST_STEPS = 3;

  private final Device device;
  private final MeasuredPoints points;
  private final double seconds;
  private final long created = System.nanoTime();
  private final List<Double> steps = new ArrayList<>();
  private final List<Double> rows = new ArrayList<>();
  private final List<Double> looks = new ArrayList<>();
  private final List<Measurement> measured = new ArrayList<>();
  private double first;
  private double opening;
  private long began;
  private long latest;
  private int made;
  private long mostBytes;

  /**
   * A segment that has not begun.
   *
   * @param device whose memory is watched
   * @param points which steps are looked at
   * @param seconds how long it lasts, if it makes its fewest steps in that time
   */
  Clocked(Device device, MeasuredPoints points, double seconds) {
    this.device = device;
    this.points = points;
    this.seconds = seconds;
  }

  @Override
  public void begins() {
    began = System.nanoTime();
    latest = began;
    opening = (began - created) / 1e9;
  }

  @Override
  public void stepped() {
    long now = System.nanoTime();
    double took = (now - latest) / 1e9;
    if (made == 0) {
      first = took;
    } else {
      timesOf(points.start() + made).add(took);
    }
    made++;
    latest = now;
    mostBytes = Math.max(mostBytes, device.bytes());
  }

  private List<Double> timesOf(int step) {
    return points.needsSpace(step) ? looks : points.hasRow(step) ? rows : steps;
  }

  @Override
  public void measured(Measurement point) {
    measured.add(point);
  }

  @Override
  public boolean pauses() {
    return made >= FEWEST_STEPS && (System.nanoTime() - began) / 1e9 >= seconds;
  }

  @Override
  public MatrixSource keep(Matrix matrix) {
    return matrix.snapshot();
  }

  int made() {
    return made;
  }

  long mostBytes() {
    return mostBytes;
  }

  /** Steps after the first that were looked at. */
  int looks() {
    return looks.size();
  }

  /** Products of the first look. */
  int firstProducts() {
    return measured.isEmpty() ? 0 : measured.get(0).pairs().products();
  }

  /** Products of all rows. */
  long rowProducts() {
    return measured.stream().mapToLong(row -> row.pairs().products()).sum();
  }

  /**
   * What it cost.
   *
   * @param otherRow seconds of a row without a look, where it came to none
   * @param other seconds of a look, where it came to none but the first
   * @param stepProducts products of a step
   * @param lookProducts products of a look
   */
  PartCost cost(double otherRow, double other, double stepProducts, double lookProducts) {
    double step = step();
    double row = beyond(step, rows, otherRow);
    double look = beyond(step, looks, other);
    return new PartCost(
        opening + Math.max(0, first - step),
        step,
        row,
        look,
        firstProducts(),
        stepProducts,
        lookProducts);
  }

  /** Seconds of the first look beyond those of a step. */
  double firstLook() {
    return Math.max(0, first - step());
  }

  /** Seconds of a step, without those of its row if it came to one that has none. */
  private double step() {
    return settled(!steps.isEmpty() ? steps : !rows.isEmpty() ? rows : looks);
  }

  private double beyond(double step, List<Double> times, double other) {
    return times.isEmpty() || steps.isEmpty() ? other : Math.max(0, settled(times) - step);
  }

  /**
   * The mean of the later two thirds: the first steps of a process run before its code is compiled.
   */
  private static double settled(List<Double> times) {
    return times.stream().skip(times.size() / 3).mapToDouble(t -> t).average().orElse(0);
  }
}
