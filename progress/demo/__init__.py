"""The demonstration's data: five real papers, their departments and people, two quarters of sample progress.

Never loaded in production; every sample report begins with 【示例】 and is marked as such in its row.
"""
