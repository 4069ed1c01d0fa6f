namespace FineTune.Recipes;

/// <summary>The optimizers.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
    AdamW,

    /// <summary>Adam with weight decay as a part of the gradient (Kingma and Ba 2015).</summary>
    Adam,

    /// <summary>Gradient descent, with momentum where it is given.</summary>
    Sgd,

    /// <summary>RMSprop (Hinton 2012).</summary>
    RmsProp,

    /// <summary>Adagrad (Duchi et al. 2011).</summary>
    Adagrad,

    /// <summary>Adafactor (Shazeer and Stern 2018) with the learning rate of the schedule: a fraction of AdamW's memory.</summary>
    Adafactor,

    /// <summary>Lion (Chen et al. 2023): half of AdamW's memory; a tenth of its learning rate is usual.</summary>
    Lion,

    /// <summary>Muon (Jordan et al. 2024) for the matrices of the blocks, AdamW for the rest, at one learning rate.</summary>
    Muon,

    /// <summary>Schedule-free AdamW (Defazio et al. 2024): the result is an average that needs no falling rate.</summary>
    ScheduleFreeAdamW,
}
