using FineTune.Tokenization;

namespace FineTune.Tests.Tokenization;

/// <summary>A model folder with a small tokenizer, deleted when disposed.</summary>
internal sealed class SmallTokenizer : IDisposable
{
    /// <summary>A byte-level tokenizer with every section.</summary>
    public const string BytePair = """
        {"version":"1.0","truncation":{"direction":"Right","max_length":8,"strategy":"LongestFirst","stride":0},
        "padding":{"strategy":{"Fixed":8},"direction":"Left","pad_to_multiple_of":null,"pad_id":9,"pad_type_id":0,"pad_token":"<pad>"},
        "added_tokens":[{"id":8,"content":"<s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},
        {"id":9,"content":"<pad>","special":true}],
        "normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Replace","pattern":{"String":"12"},"content":"d"},
        {"type":"Strip","strip_left":false,"strip_right":true}]},
        "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"String":" "},"behavior":"Isolated","invert":false},
        {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}]},
        "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
        "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
        "special_tokens":{"<s>":{"id":"<s>","ids":[8],"tokens":["<s>"]}}},
        "decoder":{"type":"Sequence","decoders":[{"type":"ByteLevel"},{"type":"Strip","content":" ","start":1,"stop":0},
        {"type":"Replace","pattern":{"String":"x"},"content":"y"}]},
        "model":{"type":"BPE","dropout":null,"unk_token":"<unk>","continuing_subword_prefix":null,"end_of_word_suffix":null,"fuse_unk":false,
        "byte_fallback":false,"ignore_merges":false,"vocab":{"<unk>":0,"a":1,"b":2,"Ġ":3,"d":4,"ab":5,"Ġab":6,"x":7},
        "merges":["a b",["Ġ","ab"]]}}
        """;

    /// <summary>A unigram tokenizer.</summary>
    public const string Unigram = """
        {"added_tokens":[{"id":0,"content":"<unk>","special":true}],"normalizer":{"type":"Precompiled","precompiled_charsmap":""},
        "pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},
        "decoder":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},
        "model":{"type":"Unigram","unk_id":0,"byte_fallback":false,"vocab":[["<unk>",0.0],["▁",-2.0],["a",-3.0],["▁a",-1.5],["ab",-2.5]]}}
        """;

    /// <summary>A WordPiece tokenizer.</summary>
    public const string WordPiece = """
        {"normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true},
        "pre_tokenizer":{"type":"BertPreTokenizer"},
        "post_processor":{"type":"BertProcessing","sep":["[SEP]",2],"cls":["[CLS]",1]},
        "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
        "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,
        "vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":2,"a":3,"##b":4}}}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public SmallTokenizer(string json, string? config = null)
    {
        File.WriteAllText(Path.Combine(Folder, "tokenizer.json"), json);
        if (config is not null)
            File.WriteAllText(Path.Combine(Folder, "tokenizer_config.json"), config);
    }

    public string Folder => _folder.FullName;

    public Tokenizer Load() => Tokenizer.Load(Folder);

    public void Dispose() => _folder.Delete(recursive: true);
}
