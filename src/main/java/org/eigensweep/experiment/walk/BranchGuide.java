package org.eigensweep.experiment.walk;

import org.eigensweep.training.BranchRule;

/**
 * Guides a branch: looks at the space wherever its rule projects, and goes on to the last step.
 *
 * @param rule the branch's update rule
 */
record BranchGuide(BranchRule rule) implements Guide {
  @Override
  public boolean steersAt(int step) {
    return rule.projects();
  }

  @Override
  public boolean endsAt(int step, Frame frame) {
    return false;
  }
}
