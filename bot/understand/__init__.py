"""Say which measures, goods, actors, targets, stages and dates a text states, with offsets."""
