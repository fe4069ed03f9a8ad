-- What is WordprocessingML already goes into the document as it is.
function CodeBlock(block)
  if block.classes:includes("openxml") then
    return pandoc.RawBlock("openxml", block.text)
  end
end
