#!/usr/bin/env Rscript
# Which areas are short of so many forms of entry at entry, and from when? From the folder of a run.
#
#   Rscript Examples/short-areas.R Reports/gloucestershire/RUN 2

suppressPackageStartupMessages(library(jsonlite))
words <- commandArgs(trailingOnly = TRUE)
folder <- words[1]
least <- if (length(words) > 1) as.numeric(words[2]) else 2

record <- fromJSON(file.path(folder, "run.json"))
stopifnot(record$format == "places-run-record/1")
# Codes are text: a leading nought counts.
balance <- read.csv(file.path(folder, "tables", "balance.csv"), colClasses = c(planning_area_code = "character"))
entry <- subset(balance, year_group %in% c("R", "7") & need_fe >= least)

cat(sprintf("%s, scenario %s, seed %s\n", record$authority, record$scenario, record$seed))
if (nrow(entry) == 0) {
  cat(sprintf("No area is short of %g FE.\n", least))
} else {
  first <- aggregate(academic_year ~ planning_area_code, entry, min)
  worst <- aggregate(need_fe ~ planning_area_code, entry, max)
  table <- merge(first, worst)
  table$need_fe <- round(table$need_fe, 1)
  names(table) <- c("area", "from", "worst_fe")
  print(table[order(table$from, table$area), ], row.names = FALSE)
}
