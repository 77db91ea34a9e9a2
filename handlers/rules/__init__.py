"""Pure rules: values in, values out, time as an argument."""
