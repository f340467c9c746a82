package org.eigensweep.spark.table;

import java.io.IOException;

/** Looks at the rows of a table, one after the other. */
@FunctionalInterface
public interface RowVisitor {
  /** Looks at a row, whose values hold until it returns. */
  void visit(Cells row) throws IOException;
}
