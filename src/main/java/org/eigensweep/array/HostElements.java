package org.eigensweep.array;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;

/**
 * The elements of a matrix, chosen one by one, read and written where they lie: the cost is that of
 * the choices, however many there are to choose from. What is chosen passes through arrays that
 * stay in a core's first cache; rows are checked once, however many columns they are used for.
 */
sealed interface HostElements {
  /** Choices of a column that are made at a time. */
  int PIECE = 2048;

  /** See {@link Device#gatherEach}. */
  static void gatherEach(Nd4jMatrix from, Nd4jMatrix rows, Nd4jMatrix to) {
    Choice choice = Choice.of(from, rows, to);
    HostElements all = of(from);
    HostValues chosen = HostValues.of(from.device().precision(), PIECE);
    choice.eachPiece(
        rows,
        (column, at, places, count) -> {
          all.gather(column * (long) choice.all, places, chosen, count);
          to.write(column * (long) choice.chosen + at, chosen, count);
        });
  }

  /** See {@link Device#addScattered}. */
  static void addScattered(Nd4jMatrix from, Nd4jMatrix rows, Nd4jMatrix to) {
    Choice choice = Choice.of(to, rows, from);
    HostElements all = of(to);
    HostValues chosen = HostValues.of(from.device().precision(), PIECE);
    choice.eachPiece(
        rows,
        (column, at, places, count) -> {
          from.read(column * (long) choice.chosen + at, chosen, count);
          all.scatter(column * (long) choice.all, places, chosen, count);
        });
    to.tagHost();
  }

  /** chosen_i ← the element at places_i behind the first, for so many. */
  void gather(long first, int[] places, HostValues chosen, int count);

  /** Adds chosen_i to the element at places_i behind the first, for so many, in order. */
  void scatter(long first, int[] places, HostValues chosen, int count);

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

  /** Works on some choices of a column, from one on. */
  interface Action {
    void accept(int column, int at, int[] places, int count);
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

    /** Has an action work on all choices. */
    void eachPiece(Nd4jMatrix rows, Action action) {
      HostValues numbers = HostValues.of(rows.device().precision(), PIECE);
      int[] places = new int[PIECE];
      for (int j = 0; j < period; j++) {
        for (int at = 0; at < chosen; at += PIECE) {
          int count = Math.min(PIECE, chosen - at);
          rows.read(j * (long) chosen + at, numbers, count);
          numbers.toInts(places, count);
          requireRows(places, count);
          for (int column = j; column < columns; column += period) {
            action.accept(column, at, places, count);
          }
        }
      }
    }

    private void requireRows(int[] rows, int count) {
      for (int i = 0; i < count; i++) {
        if (rows[i] < 0 || rows[i] >= all) {
          throw new IndexOutOfBoundsException(
              "row %d was chosen from a %d x %d matrix".formatted(rows[i], all, columns));
        }
      }
    }
  }

  /** Single precision. */
  record Floats(FloatIndexer numbers) implements HostElements {
    @Override
    public void gather(long first, int[] places, HostValues chosen, int count) {
      float[] values = ((HostValues.Floats) chosen).values();
      for (int i = 0; i < count; i++) {
        values[i] = numbers.get(first + places[i]);
      }
    }

    @Override
    public void scatter(long first, int[] places, HostValues chosen, int count) {
      float[] values = ((HostValues.Floats) chosen).values();
      for (int i = 0; i < count; i++) {
        long at = first + places[i];
        numbers.put(at, numbers.get(at) + values[i]);
      }
    }
  }

  /** Double precision. */
  record Doubles(DoubleIndexer numbers) implements HostElements {
    @Override
    public void gather(long first, int[] places, HostValues chosen, int count) {
      double[] values = ((HostValues.Doubles) chosen).values();
      for (int i = 0; i < count; i++) {
        values[i] = numbers.get(first + places[i]);
      }
    }

    @Override
    public void scatter(long first, int[] places, HostValues chosen, int count) {
      double[] values = ((HostValues.Doubles) chosen).values();
      for (int i = 0; i < count; i++) {
        long at = first + places[i];
        numbers.put(at, numbers.get(at) + values[i]);
      }
    }
  }
}
