"""填报表: what a department owes in a period as a workbook, filled in offline, and the way back into its reports."""
