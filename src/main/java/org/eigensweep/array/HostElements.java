package org.eigensweep.array;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;

/**
 * Elements chosen one by one, read and written where they lie: the cost is that of the choices,
 * however many there are to choose from.
 */
final class HostElements {
  private HostElements() {}

  /** The numbers of a matrix in storage order. */
  private interface Numbers {
    double at(long index);

    void put(long index, double value);

    static Numbers of(Nd4jMatrix matrix) {
      long end = matrix.offset() + matrix.size();
      return switch (matrix.device().precision()) {
        case FLOAT32 -> {
          FloatPointer all = new FloatPointer(matrix.hostStorage());
          all.position(matrix.offset()).limit(end);
          yield new Floats(FloatIndexer.create(all));
        }
        case FLOAT64 -> {
          DoublePointer all = new DoublePointer(matrix.hostStorage());
          all.position(matrix.offset()).limit(end);
          yield new Doubles(DoubleIndexer.create(all));
        }
      };
    }
  }

  private record Floats(FloatIndexer all) implements Numbers {
    @Override
    public double at(long index) {
      return all.get(index);
    }

    @Override
    public void put(long index, double value) {
      all.put(index, (float) value);
    }
  }

  private record Doubles(DoubleIndexer all) implements Numbers {
    @Override
    public double at(long index) {
      return all.get(index);
    }

    @Override
    public void put(long index, double value) {
      all.put(index, value);
    }
  }

  private interface Choice {
    /** Takes a number of the chosen ones, and the one of all that it stands for. */
    void accept(long chosen, long one);
  }

  /** See {@link Device#gatherEach}. */
  static void gatherEach(Nd4jMatrix from, Nd4jMatrix rows, Nd4jMatrix to) {
    Numbers source = Numbers.of(from);
    Numbers target = Numbers.of(to);
    eachChoice(from, rows, to, (chosen, one) -> target.put(chosen, source.at(one)));
    to.tagHost();
  }

  /** See {@link Device#addScattered}. */
  static void addScattered(Nd4jMatrix from, Nd4jMatrix rows, Nd4jMatrix to) {
    Numbers source = Numbers.of(from);
    Numbers target = Numbers.of(to);
    eachChoice(
        to, rows, from, (chosen, one) -> target.put(one, target.at(one) + source.at(chosen)));
    to.tagHost();
  }

  private static void eachChoice(Matrix all, Nd4jMatrix rows, Matrix chosen, Choice action) {
    requireRows(all, rows, chosen);
    Numbers places = Numbers.of(rows);
    int count = rows.rows();
    for (int j = 0; j < chosen.columns(); j++) {
      long first = j % rows.columns() * (long) count;
      for (int i = 0; i < count; i++) {
        int row = (int) places.at(first + i);
        if (row < 0 || row >= all.rows()) {
          throw new IndexOutOfBoundsException(
              "row %d was chosen from a %d x %d matrix".formatted(row, all.rows(), all.columns()));
        }
        action.accept(j * (long) count + i, j * (long) all.rows() + row);
      }
    }
  }

  private static void requireRows(Matrix all, Matrix rows, Matrix chosen) {
    if (chosen.rows() != rows.rows() || chosen.columns() != all.columns()) {
      throw new IllegalArgumentException(
          "chosen values of %d x %d, expected %d x %d"
              .formatted(chosen.rows(), chosen.columns(), rows.rows(), all.columns()));
    }
    if (chosen.columns() % rows.columns() != 0) {
      throw new IllegalArgumentException(
          "rows for %d columns do not repeat over %d".formatted(rows.columns(), chosen.columns()));
    }
  }
}
