using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using MnfstRag.Admin.Components;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>
/// Markdown drawn element by element from what Markdig understood: no markup is ever taken over. HTML stays text, links go to http, https and
/// mailto alone, pictures are not fetched, and what hides or turns text is spelled out.
/// </summary>
public sealed class MarkdownText : ComponentBase
{
    /// <summary>Deeper nesting is drawn flat.</summary>
    private const int Deepest = 24;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).Build();

    private string? _text;
    private MarkdownDocument? _document;

    /// <summary>What was written.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (_text == Text)
        {
            return;
        }

        _text = Text;
        try
        {
            _document = Markdown.Parse(VisibleText.Shown(Text, lines: true), Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig refuses what is nested too deeply: it is shown as it was written.
            _document = null;
        }
    }

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (_document is null)
        {
            Element(builder, "p", () => builder.AddContent(0, VisibleText.Shown(Text, lines: true)));
            return;
        }

        Blocks(builder, _document, 0);
    }

    private static void Blocks(RenderTreeBuilder builder, ContainerBlock blocks, int depth)
    {
        foreach (var block in blocks)
        {
            Block(builder, block, depth);
        }
    }

    private static void Block(RenderTreeBuilder builder, Block block, int depth)
    {
        switch (block)
        {
            case LinkReferenceDefinitionGroup:
                break;
            case HeadingBlock heading:
                Element(builder, "p", () => Inlines(builder, heading.Inline, depth), "md-heading");
                break;
            case CodeBlock code:
                Element(builder, "pre", () => Element(builder, "code", () => builder.AddContent(0, code.Lines.ToString())), "md-code");
                break;
            case ThematicBreakBlock:
                Element(builder, "hr", null);
                break;
            case Table table when depth < Deepest:
                Element(builder, "div", () => Element(builder, "table", () => Rows(builder, table, depth + 1), "plain-table"), "table-scroll");
                break;
            case ListBlock list when depth < Deepest:
                Element(builder, list.IsOrdered ? "ol" : "ul", () =>
                {
                    foreach (var item in list.OfType<ListItemBlock>())
                    {
                        Element(builder, "li", () => Blocks(builder, item, depth + 1));
                    }
                });
                break;
            case QuoteBlock quote when depth < Deepest:
                Element(builder, "blockquote", () => Blocks(builder, quote, depth + 1));
                break;
            case ContainerBlock container when depth < Deepest:
                Blocks(builder, container, depth + 1);
                break;
            case LeafBlock leaf:
                Element(builder, "p", () => Inlines(builder, leaf.Inline, depth));
                break;
            default:
                break;
        }
    }

    private static void Rows(RenderTreeBuilder builder, Table table, int depth)
    {
        foreach (var row in table.OfType<TableRow>())
        {
            Element(builder, "tr", () =>
            {
                foreach (var cell in row.OfType<TableCell>())
                {
                    Element(builder, row.IsHeader ? "th" : "td", () => Blocks(builder, cell, depth));
                }
            });
        }
    }

    private static void Inlines(RenderTreeBuilder builder, ContainerInline? inlines, int depth)
    {
        for (var inline = inlines?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            Inline(builder, inline, depth);
        }
    }

    private static void Inline(RenderTreeBuilder builder, Inline inline, int depth)
    {
        switch (inline)
        {
            case LiteralInline literal:
                builder.AddContent(0, literal.Content.ToString());
                break;
            case HtmlEntityInline entity:
                builder.AddContent(0, VisibleText.Shown(entity.Transcoded.ToString(), lines: true));
                break;
            case CodeInline code:
                Element(builder, "code", () => builder.AddContent(0, code.Content));
                break;
            case LineBreakInline:
                Element(builder, "br", null);
                break;
            case AutolinkInline auto:
                Link(builder, auto.IsEmail ? $"mailto:{auto.Url}" : auto.Url, () => builder.AddContent(0, auto.Url));
                break;
            case LinkInline { IsImage: true } image:
                Element(builder, "span", () =>
                {
                    builder.AddContent(0, "picture, not shown: ");
                    Inlines(builder, image, depth + 1);
                }, "md-picture");
                break;
            case LinkInline link:
                Link(builder, link.Url, () => Inlines(builder, link, depth + 1));
                break;
            case EmphasisInline emphasis when depth < Deepest:
                Element(builder, emphasis.DelimiterChar == '~' ? "s" : emphasis.DelimiterCount > 1 ? "strong" : "em", () => Inlines(builder, emphasis, depth + 1));
                break;
            case DelimiterInline delimiter when depth < Deepest:
                // A bracket or bar that opened nothing is itself.
                builder.AddContent(0, delimiter.ToLiteral());
                Inlines(builder, delimiter, depth + 1);
                break;
            case ContainerInline container when depth < Deepest:
                Inlines(builder, container, depth + 1);
                break;
            case ContainerInline deep:
                builder.AddContent(0, string.Concat(deep.Descendants().Select(Flat).Prepend(Flat(deep))));
                break;
            default:
                break;
        }
    }

    private static string Flat(MarkdownObject inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        DelimiterInline delimiter => delimiter.ToLiteral(),
        CodeInline code => code.Content,
        _ => "",
    };

    private static void Link(RenderTreeBuilder builder, string? address, Action content)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "mailto"))
        {
            Element(builder, "span", content, "md-no-link");
            return;
        }

        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", uri.AbsoluteUri);
        builder.AddAttribute(2, "target", "_blank");
        builder.AddAttribute(3, "rel", "noreferrer noopener nofollow");
        builder.AddAttribute(4, "title", uri.AbsoluteUri);
        content();
        builder.CloseElement();
    }

    // One sequence number for all: a text is replaced as a whole, never compared piece by piece.
    private static void Element(RenderTreeBuilder builder, string name, Action? content, string? css = null)
    {
        builder.OpenElement(0, name);
        if (css is not null)
        {
            builder.AddAttribute(1, "class", css);
        }

        content?.Invoke();
        builder.CloseElement();
    }
}
