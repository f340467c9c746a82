package org.eigensweep.training;

import java.util.List;

/**
 * What a user's jar may bring by name, with numbers as parameters. The class is public and has a
 * public constructor without arguments.
 */
public interface Kind {
  /** Its name in settings and tables: small letters, digits and hyphens. */
  String name();

  /** Its parameters, in the order in which messages list them. */
  List<Parameter> parameters();
}
