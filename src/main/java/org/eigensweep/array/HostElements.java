package org.eigensweep.array;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;

/**
 * The elements of a matrix, chosen one by one, read and written where they lie: the cost is that of
 * the choices, however many there are to choose from. Elements move in their own precision:
 * widening float32 to doubles on the way made a sum take four times as long. The loops serve both.
 * In a process of one precision, as every run is, they take as long as loops written for it
 * (150,000 sums: 0.30 ms); where a process has used both, a sum takes up to 1.4 times as long.
 */
sealed interface HostElements {
  /** See {@link Device#gatherEach}. */
  static void gatherEach(Nd4jMatrix from, Nd4jMatrix rows, Nd4jMatrix to) {
    Choice choice = Choice.of(from, rows, to);
    HostElements all = of(from);
    HostElements places = of(rows);
    HostElements chosen = of(to);
    for (int j = 0; j < choice.columns; j++) {
      long at = j * (long) choice.chosen;
      long first = choice.rows(j);
      for (int i = 0; i < choice.chosen; i++) {
        chosen.set(at + i, all, choice.one(j, places.row(first + i)));
      }
    }
    to.tagHost();
  }

  /** See {@link Device#addScattered}. */
  static void addScattered(Nd4jMatrix from, Nd4jMatrix rows, Nd4jMatrix to) {
    Choice choice = Choice.of(to, rows, from);
    HostElements all = of(to);
    HostElements places = of(rows);
    HostElements chosen = of(from);
    for (int j = 0; j < choice.columns; j++) {
      long at = j * (long) choice.chosen;
      long first = choice.rows(j);
      for (int i = 0; i < choice.chosen; i++) {
        all.add(choice.one(j, places.row(first + i)), chosen, at + i);
      }
    }
    to.tagHost();
  }

  /** An element that is the number of a row. */
  int row(long index);

  /** Takes an element of another matrix of the same precision. */
  void set(long index, HostElements from, long its);

  /** Adds an element of another matrix of the same precision to one. */
  void add(long index, HostElements from, long its);

  private static HostElements of(Nd4jMatrix matrix) {
    long end = matrix.offset() + matrix.size();
    return switch (matrix.device().precision()) {
      case FLOAT32 -> {
        FloatPointer numbers = new FloatPointer(matrix.hostStorage());
        numbers.position(matrix.offset()).limit(end);
        yield new Floats(FloatIndexer.create(numbers));
      }
      case FLOAT64 -> {
        DoublePointer numbers = new DoublePointer(matrix.hostStorage());
        numbers.position(matrix.offset()).limit(end);
        yield new Doubles(DoubleIndexer.create(numbers));
      }
    };
  }

  /**
   * The shapes of a choice.
   *
   * @param all rows to choose from
   * @param chosen rows that are chosen in each column
   * @param columns columns to choose from
   * @param period columns after which the same rows are chosen again
   */
  record Choice(int all, int chosen, int columns, int period) {
    static Choice of(Matrix all, Matrix rows, Matrix chosen) {
      Shapes.requireChosen(all, rows, chosen);
      return new Choice(all.rows(), rows.rows(), all.columns(), rows.columns());
    }

    /** Where the rows of a column stand. */
    long rows(int column) {
      return column % period * (long) chosen;
    }

    /** Where an element of a column lies among all. */
    long one(int column, int row) {
      if (row < 0 || row >= all) {
        throw new IndexOutOfBoundsException(
            "row %d was chosen from a %d x %d matrix".formatted(row, all, columns));
      }
      return column * (long) all + row;
    }
  }

  /** Single precision. */
  record Floats(FloatIndexer numbers) implements HostElements {
    @Override
    public int row(long index) {
      return (int) numbers.get(index);
    }

    @Override
    public void set(long index, HostElements from, long its) {
      numbers.put(index, ((Floats) from).numbers.get(its));
    }

    @Override
    public void add(long index, HostElements from, long its) {
      numbers.put(index, numbers.get(index) + ((Floats) from).numbers.get(its));
    }
  }

  /** Double precision. */
  record Doubles(DoubleIndexer numbers) implements HostElements {
    @Override
    public int row(long index) {
      return (int) numbers.get(index);
    }

    @Override
    public void set(long index, HostElements from, long its) {
      numbers.put(index, ((Doubles) from).numbers.get(its));
    }

    @Override
    public void add(long index, HostElements from, long its) {
      numbers.put(index, numbers.get(index) + ((Doubles) from).numbers.get(its));
    }
  }
}
