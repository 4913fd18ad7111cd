// Two cores: one browser and one dashboard at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
