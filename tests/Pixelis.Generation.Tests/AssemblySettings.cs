// Counts of live tensors are those of the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
