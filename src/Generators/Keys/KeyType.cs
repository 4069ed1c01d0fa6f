namespace FineTune.Keys;

/// <summary>What a key's value is.</summary>
internal enum KeyType
{
    /// <summary>Text on one line that is not empty: a name, a path.</summary>
    Text,

    /// <summary>A prompt template, over any number of lines.</summary>
    Template,

    /// <summary>A 32-bit integer.</summary>
    Integer,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>One of the key's choices.</summary>
    Choice,

    /// <summary>Some of the key's choices.</summary>
    ChoiceList,

    /// <summary>Names of modules, each of which the model must have.</summary>
    ModuleList,

    /// <summary>Names of any kind.</summary>
    NameList,

    /// <summary>32-bit integers.</summary>
    IntegerList,

    /// <summary>Numbers by regular expressions, the first that matches counting.</summary>
    NumberMap,

    /// <summary>A regular expression.</summary>
    Pattern,

    /// <summary>A file, or several with weights.</summary>
    Files,
}
