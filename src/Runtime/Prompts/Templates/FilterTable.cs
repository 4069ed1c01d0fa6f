using System.Collections.Frozen;

namespace FineTune.Prompts.Templates;

/// <summary>The filters, by name; their parameters are in the front end's table.</summary>
internal static class FilterTable
{
    private static readonly FrozenDictionary<string, TemplateFilter.FilterBody> Filters = new Dictionary<string, TemplateFilter.FilterBody>
    {
        ["abs"] = (_, value, _) => NumberFilters.Absolute(value),
        ["attr"] = (run, value, arguments) => run.AttributeOnly(value, arguments[0].Value),
        ["batch"] = (_, value, arguments) => ListFilters.Batch(value, arguments),
        ["capitalize"] = (_, value, _) => TextFilters.Same(value, PythonCase.Capitalize),
        ["center"] = (_, value, arguments) => TextFilters.Same(value, text => PythonStrings.Center(text, PythonNumbers.Whole(arguments[0].Or(80L)))),
        ["count"] = (_, value, _) => ListFilters.Length(value),
        ["d"] = (_, value, arguments) => ListFilters.Default(value, arguments),
        ["default"] = (_, value, arguments) => ListFilters.Default(value, arguments),
        ["dictsort"] = (_, value, arguments) => SortFilters.DictSort(value, arguments),
        ["e"] = (_, value, _) => PythonMarkup.Escape(value),
        ["escape"] = (_, value, _) => PythonMarkup.Escape(value),
        ["filesizeformat"] = (_, value, arguments) => NumberFilters.FileSize(value, arguments),
        ["first"] = (_, value, _) => ListFilters.First(value),
        ["float"] = (_, value, arguments) => NumberFilters.ToReal(value, arguments),
        ["forceescape"] = (_, value, _) => new Markup(PythonMarkup.EscapeText(PythonText.String(value))),
        ["groupby"] = (run, value, arguments) => SortFilters.GroupBy(run, value, arguments),
        ["indent"] = (_, value, arguments) => TextFilters.Indent(value, arguments),
        ["int"] = (_, value, arguments) => NumberFilters.ToInteger(value, arguments),
        ["items"] = (_, value, _) => ListFilters.Items(value),
        ["join"] = (run, value, arguments) => ListFilters.Join(run, value, arguments),
        ["last"] = (_, value, _) => ListFilters.Last(value),
        ["length"] = (_, value, _) => ListFilters.Length(value),
        ["list"] = (_, value, _) => new TemplateList(PythonIteration.ToList(value)),
        ["lower"] = (_, value, _) => TextFilters.Same(value, PythonCase.Lower),
        ["max"] = (run, value, arguments) => SortFilters.Extreme(run, value, arguments, max: true),
        ["min"] = (run, value, arguments) => SortFilters.Extreme(run, value, arguments, max: false),
        ["pprint"] = (_, value, _) => PrettyPrint.Format(value),
        ["random"] = (run, value, _) => ListFilters.Random(run, value),
        ["replace"] = (_, value, arguments) => TextFilters.Replace(value, arguments),
        ["reverse"] = (_, value, _) => ListFilters.Reverse(value),
        ["round"] = (_, value, arguments) => NumberFilters.Round(value, arguments),
        ["safe"] = (_, value, _) => value as Markup ?? new Markup(PythonText.String(value)),
        ["slice"] = (_, value, arguments) => ListFilters.Slice(value, arguments),
        ["sort"] = (run, value, arguments) => SortFilters.Sort(run, value, arguments),
        ["string"] = (_, value, _) => value is Markup ? value : PythonText.String(value),
        ["striptags"] = (_, value, _) => HtmlFilters.StripTags(PythonText.String(value)),
        ["sum"] = (run, value, arguments) => ListFilters.Sum(run, value, arguments),
        ["title"] = (_, value, _) => TextFilters.Same(value, TextFilters.Title),
        ["tojson"] = (_, value, arguments) => TextFilters.ToJson(value, arguments),
        ["trim"] = (run, value, arguments) => TextFilters.Trim(run, value, arguments),
        ["truncate"] = (_, value, arguments) => TextFilters.Truncate(value, arguments),
        ["unique"] = (run, value, arguments) => SortFilters.Unique(run, value, arguments),
        ["upper"] = (_, value, _) => TextFilters.Same(value, PythonCase.Upper),
        ["urlencode"] = (_, value, _) => HtmlFilters.UrlEncode(value),
        ["urlize"] = (run, value, arguments) => HtmlFilters.Urlize(run, value, arguments),
        ["wordcount"] = (_, value, _) => TextFilters.WordCount(PythonText.String(value)),
        ["wordwrap"] = (_, value, arguments) => TextWrap.Wrap(value, arguments),
        ["xmlattr"] = (run, value, arguments) => HtmlFilters.XmlAttributes(run, value, arguments),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, TemplateFilter.OpenFilterBody> OpenFilters = new Dictionary<string, TemplateFilter.OpenFilterBody>
    {
        ["format"] = (_, value, arguments) => TextFilters.Format(value, arguments),
        ["map"] = SelectionFilters.Map,
        ["select"] = (run, value, arguments) => SelectionFilters.Select(run, value, arguments, keep: true, byAttribute: false),
        ["reject"] = (run, value, arguments) => SelectionFilters.Select(run, value, arguments, keep: false, byAttribute: false),
        ["selectattr"] = (run, value, arguments) => SelectionFilters.Select(run, value, arguments, keep: true, byAttribute: true),
        ["rejectattr"] = (run, value, arguments) => SelectionFilters.Select(run, value, arguments, keep: false, byAttribute: true),
    }.ToFrozenDictionary();

    public static TemplateFilter.FilterBody? Find(string name) => Filters.GetValueOrDefault(name);

    public static TemplateFilter.OpenFilterBody? FindOpen(string name) => OpenFilters.GetValueOrDefault(name);
}
