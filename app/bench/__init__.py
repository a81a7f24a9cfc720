"""Speed, measured as ratios within one run. The parts that need the window run in processes of their own."""
